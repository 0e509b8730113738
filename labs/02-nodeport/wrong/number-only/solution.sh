kubectl patch service tickets -p '{"spec":{"ports":[{"port":80,"nodePort":30036}]}}'
sleep 2
curl -sS -m 3 http://node-3:30036/hostname
