package dev.quayside.catalogue;

/** Names the programs that read an environment file; they do not agree on quoting. */
public enum EnvReader {
  /** Docker Compose, for interpolation or as {@code env_file}. */
  COMPOSE,
  /** A shell that sources the file, or splits it into words. */
  SHELL,
  /** A program that splits each line at the first {@code =} and takes the rest as it is. */
  SIMPLE,
  /** The library python-dotenv. */
  PYTHON_DOTENV,
  /** The library dotenv of Node. */
  NODE_DOTENV,
  /** systemd, as {@code EnvironmentFile}. */
  SYSTEMD
}
