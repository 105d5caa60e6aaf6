FROM maven:3.9-eclipse-temurin-21

COPY . /usr/src/orders
WORKDIR /usr/src/orders
RUN mvn package -DskipTests
RUN cp target/orders-1.0.jar /opt/orders.jar
RUN rm -rf /usr/src/orders

ENV JAVA_OPTS -Xmx512m
EXPOSE 8080
CMD java $JAVA_OPTS -jar /opt/orders.jar
