# syntax=docker/dockerfile:1
FROM gradle:9-jdk25 AS build
WORKDIR /src
COPY build.gradle* settings.gradle* gradle.properties* ./
RUN --mount=type=cache,target=/home/gradle/.gradle/caches gradle --no-daemon dependencies
COPY . .
RUN --mount=type=cache,target=/home/gradle/.gradle/caches gradle --no-daemon bootJar \
    && mv build/libs/*.jar /app.jar

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --create-home appuser
COPY --from=build /app.jar /app.jar
USER 10001
EXPOSE 8080
# Nothing here speaks HTTP, so the check is whether the port takes a connection.
HEALTHCHECK CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "/app.jar"]
