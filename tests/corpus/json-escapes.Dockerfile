FROM alpine:3.23
RUN ["sh", "-c", "echo \"\u0041\ud83d\ude00\" \/ \n \t"]
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
VOLUME ["/data", "/with \"quotes\""]
RUN [ "a",
RUN ["a", 1]
CMD ["a", null, {"b": []}]
SHELL /bin/sh -c
ENTRYPOINT ["unclosed
