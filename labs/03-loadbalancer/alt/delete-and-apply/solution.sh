kubectl delete service storefront
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: storefront
spec:
  type: LoadBalancer
  selector:
    app: storefront
  ports:
    - name: web
      port: 443
      targetPort: http
      nodePort: 31147
YAML
sleep 10
curl -sS http://$(kubectl get service storefront -o jsonpath='{.status.loadBalancer.ingress[0].ip}'):443
