-- once, as a superuser: runuser -u postgres -- psql -v ON_ERROR_STOP=1 -f postgresql.sql
-- The tables belong to `postgres`; the service signs in as the system's user `wuqing`, without a
-- password, over the socket, and may neither change tables nor what was written into the log.
CREATE ROLE wuqing LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS;
CREATE DATABASE wuqing TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE wuqing FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE wuqing TO wuqing;
