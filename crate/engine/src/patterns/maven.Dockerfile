# syntax=docker/dockerfile:1
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
RUN --mount=type=cache,target=/root/.m2/repository mvn -B dependency:go-offline
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository mvn -B -DskipTests package \
    && mv target/*.jar /app.jar

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --create-home appuser
COPY --from=build /app.jar /app.jar
USER 10001
EXPOSE 8080
# Nothing here speaks HTTP, so the check is whether the port takes a connection.
HEALTHCHECK CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "/app.jar"]
