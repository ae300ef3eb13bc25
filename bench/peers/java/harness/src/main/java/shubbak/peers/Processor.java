package shubbak.peers;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Seconds of processor time that this JVM with all its threads and the database with all its processes have used. */
record Processor(double jvm, double database) {
  static final Processor NONE = new Processor(0, 0);

  /** What a tick of /proc is worth: Linux counts in hundredths for every program. */
  private static final double TICK = 0.01;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  static Processor used(long postmaster) {
    return new Processor(SYSTEM.getProcessCpuTime() / 1e9, usedByDatabase(postmaster));
  }

  Processor since(Processor before) {
    return new Processor(jvm - before.jvm, database - before.database);
  }

  Processor and(Processor other) {
    return new Processor(jvm + other.jvm, database + other.database);
  }

  double total() {
    return jvm + database;
  }

  /** The postmaster, the children that live, and through the postmaster those that have ended. */
  private static double usedByDatabase(long postmaster) {
    long ticks = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) ticks += ticks(process, postmaster);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    return ticks * TICK;
  }

  private static long ticks(Path process, long postmaster) throws IOException {
    String stat;
    try {
      stat = Files.readString(process.resolve("stat"));
    } catch (NoSuchFileException ended) {
      return 0;
    } catch (IOException ended) {
      // Linux answers "no such process" to who reads on in a process that ends meanwhile.
      if (Files.exists(process)) throw ended;
      return 0;
    }
    // The name, in brackets, may hold blanks. After it: state, parent, …, user, system, and both of ended children.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    boolean isPostmaster = process.getFileName().toString().equals(Long.toString(postmaster));
    if (!isPostmaster && Long.parseLong(fields[1]) != postmaster) return 0;
    long own = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return isPostmaster ? own + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : own;
  }
}
