kubectl patch service tickets -p '{"spec":{"ports":[{"port":80,"nodePort":30036}]}}'
kubectl patch deployment tickets -p '{"spec":{"template":{"spec":{"nodeSelector":{"kubernetes.io/hostname":"node-1"}}}}}'
kubectl rollout status deployment/tickets
sleep 2
curl -sS http://node-1:30036/hostname
