FROM ubuntu
MAINTAINER ops@example.org
ENV DEBIAN_FRONTEND noninteractive
ENV LANG = C.UTF-8
RUN apt-get update
RUN apt-get install -y curl git \
    build-essential \
    vim
RUN cd /opt && curl -sSL https://example.org/tool.tar.gz | tar xz
ADD start.sh /start.sh
RUN chmod +x /start.sh
EXPOSE 80
CMD /start.sh
