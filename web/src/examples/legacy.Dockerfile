FROM ubuntu
MAINTAINER Ops Team <ops@example.org>

# Install what the site needs.
RUN apt-get update
RUN apt-get install -y nginx curl git vim \
    # the old site still calls this
    php-fpm
RUN curl -s https://example.org/setup.sh | bash

ADD nginx.conf /etc/nginx/nginx.conf
ADD site.tar.gz /var/www/
ADD . /var/www/html
RUN cd /var/www/html && chmod -R 777 .

ENV ADMIN_PASSWORD hunter2
WORKDIR var/www/html
EXPOSE 80
CMD service php-fpm start && nginx -g "daemon off;"
