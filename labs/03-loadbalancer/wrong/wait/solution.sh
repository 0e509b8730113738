kubectl patch service storefront -p '{"spec":{"ports":[{"port":443,"targetPort":8080}]}}'
sleep 300
kubectl get service storefront
