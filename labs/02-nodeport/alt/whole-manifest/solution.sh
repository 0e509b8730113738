cat > service.yaml <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: tickets
spec:
  type: NodePort
  externalTrafficPolicy: Cluster
  selector:
    app: tickets
  ports:
    - name: http
      port: 80
      targetPort: 8080
      nodePort: 30036
YAML
kubectl apply -f service.yaml
sleep 2
curl -sS http://172.18.0.2:30036
