package org.explain4j.experiments.pictures;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.explain4j.experiments.results.FileNames;

/**
 * Where explanations are written: into a folder, or as a picture whose name the others begin with.
 *
 * @param out a folder, or a file that ends with {@code .png}
 * @param given names that were used
 */
record OutputNames(Path out, Set<String> given) {

  OutputNames(Path out) {
    this(out, new HashSet<>());
  }

  private boolean isPicture() {
    return out.getFileName() != null
        && out.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".png");
  }

  private String stem() {
    String name = out.getFileName().toString();
    return name.substring(0, name.length() - 4);
  }

  /** The page with all pictures. */
  Path page() {
    return isPicture() ? out.resolveSibling(stem() + ".html") : out.resolve("index.html");
  }

  /** What the names of a picture's files begin with; pictures of the same name get a number. */
  String of(Path picture) {
    String name = picture.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String bare = FileNames.of(dot > 0 ? name.substring(0, dot) : name);
    String free = bare;
    // Some file systems ignore case.
    for (int i = 2; !given.add(free.toLowerCase(Locale.ROOT)); i++) {
      free = bare + "-" + i;
    }
    return free;
  }

  /**
   * The file of an overlay.
   *
   * @param only whether it is the only one, which then has the name that was asked for
   * @param parts of the name: picture, class, method; empty ones are left out
   */
  Path overlay(boolean only, boolean onlyPicture, String picture, String... parts) {
    if (isPicture() && only) {
      return out;
    }
    StringBuilder name = new StringBuilder();
    if (isPicture()) {
      name.append(stem()).append(onlyPicture ? "" : "." + picture);
    } else {
      name.append(picture);
    }
    for (String part : parts) {
      name.append(part.isEmpty() ? "" : "." + FileNames.of(part));
    }
    name.append(".png");
    return isPicture() ? out.resolveSibling(name.toString()) : out.resolve(name.toString());
  }
}
