kubectl patch deployment backend -n stock -p '{"spec":{"template":{"metadata":{"labels":{"tier":"api"}}}}}'
kubectl rollout status deployment/backend -n stock
kubectl patch service backend -n stock --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":"http"}]'
kubectl set env deployment/frontend BACKEND_URL=http://backend.stock.svc.cluster.local:80/hostname
kubectl rollout status deployment/frontend
sleep 2
kubectl exec deploy/frontend -- curl -sS http://backend.stock.svc.cluster.local/hostname
