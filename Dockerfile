# One image for web processes and workers. Web: the default command; worker: `python manage.py db_worker`.
FROM python:3.11-slim AS build
WORKDIR /build
# The libraries alone: without the rooms beside it, pyproject.toml installs an empty package, and a change of code fetches nothing.
COPY pyproject.toml README.md LICENSE ./
RUN pip install --no-cache-dir --prefix=/install '.[postgres,redis]'

FROM python:3.11-slim
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* && useradd --create-home academy && install -d -o academy /data
COPY --from=build /install /usr/local
WORKDIR /app
COPY . .
# Static files belong to the image, not to the volume: they change with the code.
ENV DJANGO_SETTINGS_MODULE=academy.settings.base DATA_DIR=/data STATIC_ROOT=/app/static PYTHONUNBUFFERED=1
RUN export SECRET_KEY=for-the-build-only DATA_DIR=/tmp/build \
    && python manage.py compile_translations && python manage.py collectstatic --noinput && rm -r /tmp/build
USER academy
VOLUME /data
EXPOSE 8000
HEALTHCHECK CMD python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz')"
CMD ["gunicorn", "academy.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--worker-class", "gthread", "--threads", "4"]
