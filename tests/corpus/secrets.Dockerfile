FROM node:24-slim
ARG NPM_TOKEN
ARG API_KEY=sk-example-0000000000
ENV AWS_SECRET_ACCESS_KEY=$API_KEY \
    PASSWORD_FILE=/run/secrets/password \
    TOKENIZERS_PARALLELISM=false
RUN npm config set //registry.example.com/:_authToken=$NPM_TOKEN && npm ci
USER node
CMD ["node", "."]
