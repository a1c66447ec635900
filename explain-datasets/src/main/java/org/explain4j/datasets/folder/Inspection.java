package org.explain4j.datasets.folder;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.files.Checksum;
import org.explain4j.network.files.Reason;

/**
 * One pass over all images, by all processors: which can be decoded, what size they have, and the
 * fingerprint of their bytes. It costs what one epoch of decoding costs, and no later stage can
 * stumble over a damaged file.
 *
 * @param source where they come from
 * @param readable the examples that are left
 * @param shape of each of them, {@code [c,h,w]}
 * @param notes which were left out, and why
 */
record Inspection(
    Source source,
    List<Example> readable,
    List<Long> shape,
    String fingerprint,
    List<String> notes) {
  private static final int MOST_NAMED = 100;

  /** What was found out about one file. */
  private record Finding(
      Example example,
      String problem,
      String sha256,
      int height,
      int width,
      boolean padded,
      boolean masked) {
    static Finding problem(Example example, String problem) {
      return new Finding(example, problem, "", 0, 0, false, false);
    }
  }

  static Inspection of(Source source, Collection<Example> examples) throws IOException {
    List<Example> all = List.copyOf(examples);
    Finding[] found = new Finding[all.size()];
    try (ImageStore.Session session = source.store().open()) {
      Workers.forEachOnProcessors(found.length, i -> found[i] = look(session, all.get(i), source));
    }
    List<Finding> findings = List.of(found);
    List<Finding> good = findings.stream().filter(f -> f.problem().isEmpty()).toList();
    List<Finding> bad = findings.stream().filter(f -> !f.problem().isEmpty()).toList();
    if (good.isEmpty()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "None of the %d images can be read.%s\nMaybe correct image-folder.path.",
              all.size(),
              bad.isEmpty() ? "" : "\nThe first: " + named(bad.get(0))));
    }
    requireOneSize(good);
    Checksum fingerprint = Checksum.sha256().item(source.framing() + " " + source.orientation());
    for (Finding finding : good) {
      fingerprint.item(finding.example().toString()).item(finding.sha256());
    }
    List<Long> shape =
        List.of(
            (long) source.framing().channels(),
            (long) good.get(0).height(),
            (long) good.get(0).width());
    List<Example> readable = good.stream().map(Finding::example).toList();
    List<String> notes = notes(all.size(), bad);
    long padded = good.stream().filter(Finding::padded).count();
    if (padded > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%d of %d images are smaller than the crop of %d pixels: what is missing is black. Set image-folder.resize to enlarge them.",
              padded,
              good.size(),
              source.framing().crop()));
    }
    if (!(source.masks() instanceof Masks.None)) {
      long masked = good.stream().filter(Finding::masked).count();
      notes.add(String.format(Locale.ROOT, "%d of %d images have a mask.", masked, good.size()));
    }
    return new Inspection(source, readable, shape, fingerprint.hex(), notes);
  }

  private static Finding look(ImageStore.Session session, Example example, Source source) {
    try {
      byte[] bytes = session.read(example.file());
      BufferedImage image = Photograph.decode(bytes, source.orientation());
      Optional<Mask> mask = source.masks().of(example.file(), image.getWidth(), image.getHeight());
      Checksum fingerprint = Checksum.sha256().item(bytes);
      mask.ifPresent(m -> fingerprint.item(m.inside().toByteArray()));
      BufferedImage framed = source.framing().frame(image);
      boolean padded = source.framing().pads(image.getWidth(), image.getHeight());
      return new Finding(
          example,
          "",
          fingerprint.hex(),
          framed.getHeight(),
          framed.getWidth(),
          padded,
          mask.isPresent());
    } catch (IOException e) {
      return Finding.problem(example, Reason.of(e));
    }
  }

  private static void requireOneSize(List<Finding> good) throws IOException {
    Finding first = good.get(0);
    for (Finding finding : good) {
      if (finding.height() != first.height() || finding.width() != first.width()) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "'%s' has %d x %d pixels, '%s' %d x %d.\nMaybe set image-folder.crop to 224 and image-folder.resize to 256.",
                first.example().file(),
                first.height(),
                first.width(),
                finding.example().file(),
                finding.height(),
                finding.width()));
      }
    }
  }

  private static List<String> notes(int all, List<Finding> bad) {
    if (bad.isEmpty()) {
      return new ArrayList<>();
    }
    List<String> names = new ArrayList<>();
    bad.stream().limit(MOST_NAMED).map(Inspection::named).forEach(names::add);
    if (bad.size() > MOST_NAMED) {
      names.add(String.format(Locale.ROOT, "and %d more", bad.size() - MOST_NAMED));
    }
    return new ArrayList<>(
        List.of(
            String.format(
                Locale.ROOT,
                "%d of %d images cannot be read and were left out: %s.",
                bad.size(),
                all,
                String.join("; ", names))));
  }

  private static String named(Finding finding) {
    return String.format(Locale.ROOT, "%s (%s)", finding.example().file(), finding.problem());
  }
}
