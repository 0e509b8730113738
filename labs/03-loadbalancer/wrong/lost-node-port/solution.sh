kubectl patch service storefront -p '{"spec":{"type":"ClusterIP"}}'
kubectl patch service storefront -p '{"spec":{"type":"LoadBalancer","ports":[{"port":443,"targetPort":8080}]}}'
sleep 10
curl -sS -m 3 http://$(kubectl get service storefront -o jsonpath='{.status.loadBalancer.ingress[0].ip}'):443
