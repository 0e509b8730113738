curl -sS -m 3 http://node-1:30036
kubectl get service tickets
kubectl patch service tickets -p '{"spec":{"ports":[{"port":80,"nodePort":30036}]}}'
kubectl get pods -o wide
kubectl patch service tickets -p '{"spec":{"externalTrafficPolicy":"Cluster"}}'
sleep 2
curl -sS http://node-1:30036/hostname
