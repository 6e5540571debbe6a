# syntax=docker/dockerfile:1
FROM python:3.12-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements.txt .
RUN /opt/venv/bin/pip install --require-hashes --requirement requirements.txt

FROM python:3.12-slim-bookworm
ARG KLEAN_VERSION=latest
LABEL org.opencontainers.image.title=Klean org.opencontainers.image.version=$KLEAN_VERSION
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=klean.settings.production
RUN useradd --system --uid 10001 --create-home klean && install -d -o klean /media/klean
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/klean
COPY . .
# No secret of an installation is known here: these live for the length of this one command.
RUN pybabel compile --directory locale --domain django \
    && KLEAN_SECRET_KEY=build KLEAN_FIELD_KEYS=build KLEAN_URL=https://build KLEAN_HOSTS=build KLEAN_MEDIA=/tmp \
       DATABASE_URL=postgresql://build/build REDIS_URL=redis://build \
       python manage.py collectstatic --noinput
USER klean
VOLUME /media/klean
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "klean.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "4", "--threads", "8", \
     "--graceful-timeout", "20", "--access-logfile", "-", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
