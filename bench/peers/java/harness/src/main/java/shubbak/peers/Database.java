package shubbak.peers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The PostgreSQL that the benchmark started for this run, and pools of connections to it. */
record Database(String port, String password, long postmaster) {
  /** One more than there are clients. */
  private static final int CONNECTIONS = 5;

  /** Takes from the environment what the benchmark put there. */
  static Database fromEnvironment() {
    return new Database(
        System.getenv("DATABASE_PORT"),
        System.getenv("DATABASE_PASSWORD"),
        Long.parseLong(System.getenv("DATABASE_PID")));
  }

  HikariDataSource pool() {
    return pool("");
  }

  /** A pool whose round trips {@link CountingSockets} counts. */
  HikariDataSource countedPool() {
    return pool("&socketFactory=" + CountingSockets.class.getName());
  }

  private HikariDataSource pool(String options) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres?sslmode=disable" + options);
    config.setUsername("bench");
    config.setPassword(password);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setAutoCommit(false);
    return new HikariDataSource(config);
  }

  static void execute(HikariDataSource pool, String sql) throws SQLException {
    try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
      statement.execute(sql);
      connection.commit();
    }
  }

  /** How often the log of transactions has been forced to disk since the database began. */
  static long fsyncs(HikariDataSource pool) throws SQLException {
    // Its processes add up what they did about once a second, unless they are told to.
    execute(pool, "select pg_stat_force_next_flush()");
    try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      String view = version < 18
          ? "select wal_sync from pg_stat_wal"
          : "select sum(fsyncs) from pg_stat_io where object = 'wal'";
      try (ResultSet rows = statement.executeQuery(view)) {
        rows.next();
        return rows.getLong(1);
      } finally {
        connection.commit();
      }
    }
  }
}
