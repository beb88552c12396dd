package dev.quayside.cli;

import picocli.CommandLine.IVersionProvider;

/** Tells the program's version, as the build wrote it into the jar. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"quayside " + (version == null ? "(development)" : version)};
  }
}
