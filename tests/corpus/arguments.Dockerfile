ARG REGISTRY=docker.io
ARG TAG=latest
FROM ${REGISTRY}/library/alpine:${TAG} AS one
ARG TAG
ARG WHO=${TAG:-nobody}
ENV PATH=/opt/bin:$PATH GREETING="hello ${WHO}" EMPTY=
WORKDIR app
WORKDIR $UNKNOWN/x
USER ${USER:-1000}
EXPOSE ${PORT:-80}/tcp
VOLUME ["/data", "/logs"]
STOPSIGNAL SIGTERM
CMD ["sh"]
