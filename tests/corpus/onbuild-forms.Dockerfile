FROM node:24
ONBUILD COPY --chown=node package.json ./
ONBUILD RUN --mount=type=cache,target=/root/.npm npm ci \
  && npm cache verify
onbuild env A=1
ONBUILD HEALTHCHECK --interval=1s CMD true
ONBUILD CMD ["node"]
ONBUILD FROM alpine
ONBUILD ONBUILD RUN true
ONBUILD MAINTAINER me
ONBUILD RNU true
