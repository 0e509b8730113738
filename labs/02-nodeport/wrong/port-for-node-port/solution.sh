kubectl patch service tickets --type=json -p '[{"op":"replace","path":"/spec/ports/0/port","value":30036},{"op":"replace","path":"/spec/externalTrafficPolicy","value":"Cluster"}]'
sleep 2
curl -sS -m 3 http://node-1:30036
