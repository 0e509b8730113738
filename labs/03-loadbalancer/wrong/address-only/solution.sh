kubectl patch service storefront -p '{"spec":{"type":"NodePort"}}'
kubectl patch service storefront -p '{"spec":{"type":"LoadBalancer"}}'
sleep 10
curl -sS -m 3 http://$(kubectl get service storefront -o jsonpath='{.status.loadBalancer.ingress[0].ip}'):443
