kubectl patch service backend -n stock --type=json -p '[{"op":"replace","path":"/spec/selector","value":{"release":"stable"}},{"op":"replace","path":"/spec/ports/0/targetPort","value":8080}]'
kubectl set env deployment/frontend BACKEND_URL=http://backend.stock
kubectl rollout status deployment/frontend
kubectl exec deploy/frontend -- curl -sS http://backend.stock/hostname
