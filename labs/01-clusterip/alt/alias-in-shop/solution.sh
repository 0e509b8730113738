kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: backend
  namespace: stock
spec:
  selector:
    app: backend
  ports:
    - name: http
      port: 80
      targetPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: backend
  namespace: shop
spec:
  type: ExternalName
  externalName: backend.stock.svc.cluster.local
YAML
kubectl patch service backend -n stock --type=merge -p '{"spec":{"selector":{"tier":null}}}'
sleep 2
kubectl exec deploy/frontend -- curl -sS http://backend/hostname
