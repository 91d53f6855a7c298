/** By itself, since the library behind the rest takes time to load. */
export const sbomMediaType = "application/vnd.cyclonedx+json";
