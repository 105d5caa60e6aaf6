FROM composer:2.10 AS vendor
WORKDIR /app
COPY composer.json composer.lock ./
RUN composer install --no-dev --no-scripts --no-autoloader --no-interaction --prefer-dist \
    && composer clear-cache
COPY . .
RUN composer dump-autoload --no-dev --optimize

# Apache starts as root and serves as www-data.
FROM php:8.5-apache
RUN mv "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini"
COPY --from=vendor /app /var/www/html
EXPOSE 80
HEALTHCHECK CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:80/"]
CMD ["apache2-foreground"]
