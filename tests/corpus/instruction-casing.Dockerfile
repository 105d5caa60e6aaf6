from alpine:3.23 as base
Run echo mixed
run echo lower
WORKDIR /app
eNv A=1
