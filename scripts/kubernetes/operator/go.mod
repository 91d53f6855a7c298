module pulumi-spin-test-operator

go 1.26.0

require github.com/spinkube/spin-operator v0.6.1
