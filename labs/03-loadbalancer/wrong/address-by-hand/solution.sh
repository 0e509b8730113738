kubectl patch service storefront -p '{"spec":{"ports":[{"port":443,"targetPort":8080}]}}'
kubectl patch service storefront --subresource=status --type=merge -p '{"status":{"loadBalancer":{"ingress":[{"ip":"172.18.255.200"}]}}}'
kubectl get service storefront
