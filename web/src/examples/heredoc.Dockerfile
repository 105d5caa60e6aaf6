# syntax=docker/dockerfile:1
FROM debian:13.2-slim

RUN <<INSTALL
apt-get update
apt-get install -y nginx-light
INSTALL

COPY <<'SITE' /etc/nginx/conf.d/site.conf
server {
  listen 8080;
  root /srv/www;
}
SITE

COPY public/ /srv/www/
EXPOSE 8080/TCP
CMD ["nginx", "-g", "daemon off;"]
