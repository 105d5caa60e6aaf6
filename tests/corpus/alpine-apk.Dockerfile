FROM alpine:3.23
RUN apk update && apk add curl bash \
 && rm -f /tmp/x
RUN apk add --no-cache --virtual .build gcc musl-dev \
    && make -C /src install \
    && apk del .build
COPY run.sh /run.sh
ENTRYPOINT ["/run.sh"]
