package org.explain4j.datasets.cifar;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Download;
import org.explain4j.api.Split;
import org.explain4j.datasets.ByteImages;
import org.explain4j.datasets.Holdout;
import org.explain4j.network.files.Checksum;
import org.explain4j.network.files.RealFile;
import org.explain4j.network.files.Reason;
import org.explain4j.network.files.Room;

/**
 * CIFAR-10 (Krizhevsky 2009): photographs {@code [3,32,32]} in ten classes.
 *
 * @param path a folder with the batches {@code data_batch_1.bin} ... and {@code test_batch.bin}, or
 *     with the archive {@code cifar-10-binary.tar.gz}; or that archive; or one file of records
 *     ({@code .bin}, {@code .bin.gz}); relative to the experiment file. Empty for the folder that
 *     {@code explain download cifar10} fills
 * @param testShare which part of a single file of records is the test split
 * @param seed of the draw of that part
 */
public record Cifar10(String path, double testShare, long seed) implements DatasetProvider {
  private static final String ARCHIVE = "cifar-10-binary.tar.gz";
  private static final String FOLDER = "cifar-10-batches-bin";
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  public Cifar10() {
    this("", 0.2, 1);
  }

  public Cifar10 {
    new Holdout(testShare, seed);
  }

  @Override
  public String id() {
    return "cifar10";
  }

  @Override
  public String summary() {
    return "Photographs in 10 classes, RGB 32x32 (Krizhevsky 2009), from the binary version";
  }

  @Override
  public Dataset open(Path base) throws IOException {
    Path source = source(base);
    if (Files.isDirectory(source)) {
      return folder(source);
    }
    if (!Files.isRegularFile(source)) {
      throw missing(source);
    }
    if (source.toString().endsWith(".tar.gz")) {
      return batches(source, archive(source));
    }
    RealFile.require(source);
    try (InputStream in = plain(source)) {
      return single(CifarRecords.read(source.toString(), in));
    } catch (ZipException e) {
      throw damaged(source, e);
    }
  }

  @Override
  public Optional<DatasetProvider> reading(Path data, List<Long> inputShape) throws IOException {
    boolean batches =
        Stream.of(ARCHIVE, FOLDER, "data_batch_1.bin")
            .anyMatch(name -> Files.exists(data.resolve(name)));
    boolean records =
        data.toString().endsWith(".tar.gz") || data.toString().matches("(?s).*\\.bin(\\.gz)?");
    return batches || (records && Files.isRegularFile(data))
        ? Optional.of(new Cifar10(data.toString(), testShare, seed))
        : Optional.empty();
  }

  @Override
  public Map<String, String> missingFiles(Path base) {
    Path source = source(base);
    return Files.exists(source) ? Map.of() : Map.of("path", missing(source).getMessage());
  }

  private Path source(Path base) {
    return path.isEmpty() ? Download.folder(id()) : base.resolve(path);
  }

  private static Dataset folder(Path folder) throws IOException {
    if (Files.isRegularFile(folder.resolve(ARCHIVE))) {
      Path archive = folder.resolve(ARCHIVE);
      return batches(archive, archive(archive));
    }
    Path inner = folder.resolve(FOLDER);
    Path found = Files.isDirectory(inner) ? inner : folder;
    Map<String, byte[]> batches = new TreeMap<>();
    try (var files = Files.list(found)) {
      for (Path file : files.filter(f -> isBatch(f.getFileName().toString())).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          batches.put(file.getFileName().toString(), CifarRecords.read(file.toString(), in));
        }
      }
    }
    return batches(found, batches);
  }

  private static Map<String, byte[]> archive(Path file) throws IOException {
    RealFile.require(file);
    try (TarArchiveInputStream tar = new TarArchiveInputStream(plain(file))) {
      return batches(tar);
    } catch (IOException e) {
      throw damaged(file, e);
    }
  }

  private static IOException damaged(Path file, IOException cause) {
    return new IOException(
        String.format(
            Locale.ROOT,
            "%s is damaged: %s\nMaybe delete it and run \"explain download cifar10\".",
            file,
            Reason.of(cause)),
        cause);
  }

  private static Map<String, byte[]> batches(TarArchiveInputStream tar) throws IOException {
    Map<String, byte[]> batches = new TreeMap<>();
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
      if (entry.isFile() && isBatch(name)) {
        batches.put(name, CifarRecords.read(entry.getName(), tar));
      }
    }
    return batches;
  }

  private static boolean isBatch(String name) {
    return name.matches("data_batch_\\d+\\.bin|test_batch\\.bin");
  }

  private static Dataset batches(Path source, Map<String, byte[]> batches) throws IOException {
    byte[] tested = batches.remove("test_batch.bin");
    if (tested == null || batches.isEmpty()) {
      throw missing(source);
    }
    ByteImages train = CifarRecords.images("train", new ArrayList<>(batches.values()));
    ByteImages test = CifarRecords.images("test", List.of(tested));
    return dataset(train, test, ByteImages.fingerprint(train, test));
  }

  private Dataset single(byte[] records) {
    ByteImages all = CifarRecords.images("records", List.of(records));
    Holdout holdout = new Holdout(testShare, seed);
    String fingerprint = all.addTo(Checksum.sha256()).item(holdout.toString()).hex();
    return dataset(holdout.train(all), holdout.test(all), fingerprint);
  }

  private static Dataset dataset(Split train, Split test, String fingerprint) {
    String name = String.format(Locale.ROOT, "cifar10 (%d + %d)", train.size(), test.size());
    return new Dataset(name, List.of(3L, 32L, 32L), CLASSES, train, test, fingerprint);
  }

  private static InputStream plain(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    return Room.limited(
        file.toString(), file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in);
  }

  private static IOException missing(Path source) {
    return new FileNotFoundException(
        String.format(
            Locale.ROOT,
            "'%s' has neither %s nor data_batch_1.bin ... and test_batch.bin.\n"
                + "Maybe run \"explain download cifar10\", or set dataset.path.",
            source,
            ARCHIVE));
  }
}
