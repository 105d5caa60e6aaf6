# syntax=docker/dockerfile:1
FROM alpine:3.23
ADD app.tar.gz /opt/
ADD --chown=1000:1000 --chmod=0755 bin/tool /usr/local/bin/
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/release.tgz /tmp/
ADD --keep-git-dir=true https://example.com/project.git#v1.2:docs /src/docs
ADD git@example.com:team/project.git#main /src/project
ADD --link --exclude=*.md --exclude=*.txt docs /srv/docs
ADD --unpack=false vendor.tar /vendor/
ADD ["file with blanks.txt", "other.txt", "/data/"]
ADD --unpack <<EOF /etc/motd
Welcome
EOF
