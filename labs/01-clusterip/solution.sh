kubectl exec deploy/frontend -- curl -sS -m 3 http://backend.stock
kubectl describe service backend -n stock
kubectl get pods -n stock --show-labels
kubectl patch service backend -n stock --type=merge -p '{"spec":{"selector":{"tier":null}}}'
kubectl logs -n stock deploy/backend
kubectl patch service backend -n stock -p '{"spec":{"ports":[{"port":80,"targetPort":8080}]}}'
kubectl set env deployment/frontend BACKEND_URL=http://backend.stock
kubectl rollout status deployment/frontend
sleep 2
kubectl exec deploy/frontend -- curl -sS http://backend.stock/hostname
