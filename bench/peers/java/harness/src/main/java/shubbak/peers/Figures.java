package shubbak.peers;

import java.util.Locale;

/** What one engine was measured to do, as the benchmark reads it. */
record Figures(String measure, int clients, Round measured, long fsyncs) {
  String json(Engine engine, double roundTripsPerStep) {
    Processor used = measured.processor();
    return "{"
        + text("engine", engine.name()) + ","
        + text("version", engine.version()) + ","
        + text("measure", measure) + ","
        + number("clients", clients) + ","
        + number("instancesPerCpuSecond", measured.rate()) + ","
        + number("jvmCpu", used.jvm()) + ","
        + number("databaseCpu", used.database()) + ","
        + number("wall", measured.wall()) + ","
        + number("instances", measured.instances()) + ","
        + number("stepsPerInstance", (double) measured.steps() / measured.instances()) + ","
        + number("roundTripsPerStep", roundTripsPerStep) + ","
        + number("fsyncsPerStep", (double) fsyncs / measured.steps())
        + "}";
  }

  private static String text(String key, String value) {
    return "\"" + key + "\":\"" + value + "\"";
  }

  private static String number(String key, int value) {
    return "\"" + key + "\":" + value;
  }

  private static String number(String key, double value) {
    return String.format(Locale.ROOT, "\"%s\":%.3f", key, value);
  }
}
