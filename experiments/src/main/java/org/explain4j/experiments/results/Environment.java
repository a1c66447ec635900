package org.explain4j.experiments.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.files.Checksum;
import org.explain4j.network.onednn.OneDnn;
import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where, when and on what a run was made: {@code environment.json}. A session that continues
 * earlier work keeps the time when that began, and adds its own seconds.
 */
public final class Environment {
  public static final String FILE = "environment.json";

  private static final Logger LOG = LoggerFactory.getLogger(Environment.class);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final long start = System.nanoTime();
  private double earlier; // seconds of earlier sessions

  /** The data. */
  public record DataSource(String name, String sha256, List<String> classes, List<String> notes) {}

  /** A part of the data. */
  public record SplitSource(int size, String sha256) {}

  /**
   * The model.
   *
   * @param accuracy on split C; null where it was not measured
   */
  public record ModelSource(
      String name, String sha256, long parameters, Double accuracy, List<String> notes) {}

  /** A jar that extensions were loaded from. */
  record PluginSource(String name, String sha256) {}

  /**
   * The facts of this machine, and what an earlier session noted in the same run directory.
   *
   * @param plugins plug-in jars that were loaded
   * @throws IOException if a jar cannot be read
   */
  public Environment(RunOutput output, String experiment, long seed, List<Path> plugins)
      throws IOException {
    int threads = Workers.limit(); // which gives ND4J those that the backend then tells
    Properties backend = Nd4j.getExecutioner().getEnvironmentInformation();
    facts.put("experiment", experiment);
    facts.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("seconds", 0.0);
    facts.put("explain4j", Version.current());
    facts.put("git_commit", System.getProperty("explain4j.commit"));
    facts.put("java", System.getProperty("java.version"));
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("processors", Runtime.getRuntime().availableProcessors());
    facts.put("backend", Nd4j.getBackend().getClass().getSimpleName());
    facts.put("blas", backend.get("blas.vendor"));
    facts.put("nd4j", Version.nd4j());
    facts.put("onednn", OneDnn.version());
    facts.put("threads", threads);
    facts.put("blas_threads", blasThreads());
    facts.put("omp_threads", backend.get("omp.threads"));
    facts.put("max_heap", (Runtime.getRuntime().maxMemory() >> 20) + "m");
    facts.put("max_off_heap", System.getProperty("org.bytedeco.javacpp.maxbytes"));
    facts.put("seeds", Map.of("experiment", seed));
    facts.put("plugins", sources(plugins));
    goOn(output, experiment);
  }

  private static List<PluginSource> sources(List<Path> jars) throws IOException {
    List<PluginSource> sources = new ArrayList<>();
    for (Path jar : jars) {
      String name = String.valueOf(jar.getFileName());
      sources.add(new PluginSource(name, Checksum.sha256().file(jar).hex()));
    }
    return sources;
  }

  private void goOn(RunOutput output, String experiment) {
    Path file = output.root().resolve(FILE);
    if (!Files.exists(file)) {
      return;
    }
    try {
      if (isDamaged(output)) {
        throw new IOException("its checksum differs");
      }
      JsonNode old = JSON.readTree(Files.readString(file));
      if (old.path("experiment").asText().equals(experiment) && old.path("started").isTextual()) {
        facts.put("started", old.path("started").asText());
        earlier = old.path("seconds").asDouble();
      }
    } catch (IOException e) {
      LOG.warn("{} is damaged and is written again: {}", file, e.getMessage());
    }
  }

  /** How many of the threads for large matrices BLAS uses; it may be built for fewer. */
  public static int blasThreads() {
    if (!Nd4j.getEnvironment().isCPU()) {
      return 0;
    }
    Blas blas = Nd4j.factory().blas();
    int before = blas.getMaxThreads();
    blas.setMaxThreads(Workers.limit());
    int taken = blas.getMaxThreads();
    blas.setMaxThreads(before);
    return taken;
  }

  /** Adds a fact. */
  public void note(String name, String value) {
    facts.put(name, value);
  }

  /** Adds data and model, replacing what was noted about them before. */
  public void describe(DataSource data, Map<String, SplitSource> parts, ModelSource model) {
    facts.put("dataset", data);
    facts.put("splits", parts);
    facts.put("model", model);
  }

  /** Whether a run directory's file is there, but not as it was written. */
  public static boolean isDamaged(RunOutput output) {
    return SessionFiles.isDamaged(output, FILE);
  }

  /** Writes it, with the seconds so far. */
  public void write(RunOutput output) {
    output.write(FILE, json());
    SessionFiles.seal(output, FILE);
  }

  /** What is known so far, as it is written, by JSON path: {@code dataset.sha256}. */
  public Map<?, ?> facts() {
    return JSON.convertValue(facts, Map.class);
  }

  private String json() {
    double seconds = earlier + (System.nanoTime() - start) / 1e9;
    facts.put("seconds", Math.round(seconds * 1e3) / 1e3);
    try {
      return JSON.writeValueAsString(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
