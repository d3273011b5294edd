package dev.laurel.testing.suite;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of the service as a whole and of its API. */
@Suite
@SelectPackages(Halves.ROOT)
@IncludeClassNamePatterns(Halves.OF_THE_WHOLE)
class WholeSuite {}
