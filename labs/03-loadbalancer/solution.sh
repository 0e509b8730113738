kubectl get service storefront
kubectl describe service storefront
kubectl patch service storefront -p '{"spec":{"type":"NodePort"}}'
kubectl patch service storefront -p '{"spec":{"type":"LoadBalancer","ports":[{"port":443,"targetPort":8080}]}}'
sleep 10
kubectl get service storefront
curl -sS http://$(kubectl get service storefront -o jsonpath='{.status.loadBalancer.ingress[0].ip}'):443/hostname
