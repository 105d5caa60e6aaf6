FROM php:8.4-apache
RUN apt-get update && apt-get install -y --no-install-recommends libzip-dev && docker-php-ext-install zip
COPY . /var/www/html
RUN chown -R www-data:www-data /var/www/html
RUN chmod -R 755 /var/www/html
