ARG JAVA=21
FROM maven:3.9-eclipse-temurin-${JAVA} AS build
WORKDIR /workspace
COPY pom.xml .
RUN mvn --batch-mode dependency:go-offline
COPY src src
RUN mvn --batch-mode package -DskipTests

FROM eclipse-temurin:${JAVA}-jre
COPY --from=build /workspace/target/shop.jar /shop.jar
EXPOSE 8080
CMD ["java", "-jar", "/shop.jar"]
