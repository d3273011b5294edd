package dev.laurel.testing.suite;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of the API. */
@Suite
@SelectPackages(Halves.ROOT)
@IncludeClassNamePatterns(Halves.OF_THE_API)
class ApiSuite {}
