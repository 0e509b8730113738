kubectl patch service tickets -p '{"spec":{"ports":[{"port":80,"nodePort":30036}]}}'
kubectl patch deployment tickets --type=json -p '[{"op":"remove","path":"/spec/template/spec/nodeSelector"},{"op":"replace","path":"/spec/replicas","value":9}]'
kubectl rollout status deployment/tickets
kubectl get pods -o wide
sleep 2
curl -sS http://node-1:30036/hostname
