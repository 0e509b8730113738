kubectl patch service backend -n stock --type=json -p '[{"op":"remove","path":"/spec/selector/tier"},{"op":"replace","path":"/spec/ports/0/port","value":8080},{"op":"replace","path":"/spec/ports/0/targetPort","value":8080}]'
kubectl set env deployment/frontend BACKEND_URL=http://backend.stock:8080
kubectl rollout status deployment/frontend
sleep 2
kubectl exec deploy/frontend -- curl -sS http://backend.stock:8080/hostname
