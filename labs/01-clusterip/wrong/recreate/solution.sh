kubectl delete service backend -n stock
kubectl expose deployment backend -n stock --port=80 --target-port=8080
kubectl set env deployment/frontend BACKEND_URL=http://backend.stock
kubectl rollout status deployment/frontend
sleep 2
kubectl exec deploy/frontend -- curl -sS http://backend.stock/hostname
