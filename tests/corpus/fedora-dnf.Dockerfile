FROM fedora:44
RUN dnf install -y httpd mod_ssl
RUN dnf install -y php
COPY site/ /var/www/html/
EXPOSE 80 443
CMD ["httpd", "-DFOREGROUND"]
